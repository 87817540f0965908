import { makeBadge } from 'badge-maker';
import { xmlLine } from '../xml-text.ts';
import type { Badge } from './badge-of.ts';

/**
 * A badge as JSON for the endpoint badge of shields.io.
 *
 * @see https://shields.io/badges/endpoint-badge
 */
export function badgeJson({ label, message, color, isError }: Badge): string {
  const shown = { label: xmlLine(label), message: xmlLine(message) };
  return `${JSON.stringify({ schemaVersion: 1, ...shown, color, isError })}\n`;
}

/** A badge as an SVG image, with its text as the accessible name. Whatever the text is, the markup is well formed. */
export function badgeSvg({ label, message, color }: Badge): string {
  return `${makeBadge({ label: xmlLine(label), message: xmlLine(message), color })}\n`;
}
