/** Readable forms of figures: tables for a terminal, and a page for a browser. This package queries no server. */
@NullMarked
package org.citustenancy.reports.rendering;

import org.jspecify.annotations.NullMarked;
