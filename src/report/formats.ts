/** What `touchstone report` can make. */
export const REPORT_FORMATS = ['html', 'markdown', 'junit', 'json', 'csv'] as const;

/** One of REPORT_FORMATS. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];
