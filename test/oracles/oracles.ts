type Figure = number | null;

/** The shape of `test/data/oracles/metrics.json`; null where a value is undefined. */
export interface Oracles {
  nominal: {
    labels: string[];
    expected: string[];
    predicted: string[];
    confusion_rows_expected: number[][];
    accuracy: Figure;
    precision: Figure[];
    recall: Figure[];
    f1: Figure[];
    support: number[];
    macro_f1: Figure;
    weighted_f1: Figure;
    balanced_accuracy_over_present: Figure;
    cohen_kappa: Figure;
    mcc: Figure;
  }[];
  ordinal: {
    levels: number;
    expected: number[];
    predicted: number[];
    accuracy: Figure;
    within_one: Figure;
    mae: Figure;
    quadratic_weighted_kappa: Figure;
    linear_weighted_kappa: Figure;
    kendall_tau_b: Figure;
    spearman: Figure;
  }[];
  sets: {
    labels: string[];
    expected: string[][];
    predicted: string[][];
    subset_accuracy: Figure;
    hamming_loss: Figure;
    mean_jaccard_empty_is_one: Figure;
    precision: Figure[];
    recall: Figure[];
    f1: Figure[];
    micro_f1: Figure;
    macro_f1: Figure;
    per_label_2x2_tn_fp_fn_tp: number[][];
  }[];
  proportions: {
    successes: number;
    n: number;
    confidence: number;
    wilson: Figure[] | null;
    clopper_pearson: Figure[] | null;
  }[];
  mcnemar: {
    baseline_only_correct: number;
    candidate_only_correct: number;
    exact_two_sided_p: Figure;
    exact_one_sided_p_candidate_worse: Figure;
    mid_p_two_sided: Figure;
  }[];
  holm: { p: number[]; adjusted: number[] }[];
  agreement: {
    annotators: string[];
    votes: Record<string, number | null>[];
    categories: number;
    krippendorff_alpha_nominal: Figure;
    krippendorff_alpha_interval: Figure;
    cohen_kappa?: Figure;
  }[];
  prevalence: {
    unlabelled_n: number;
    unlabelled_positive: number;
    labelled: { tp: number; fn: number; fp: number; tn: number };
    rogan_gladen: Figure;
    ppi: { estimate: Figure; ci95: Figure[] | null } | null;
    ppi_tuned: { lambda_: Figure; estimate: Figure; ci95: Figure[] | null } | null;
  }[];
  power: {
    n: number;
    discordant_rate: number;
    drop: number;
    alpha_one_sided: number;
    power_exact_mcnemar: Figure;
  }[];
}
