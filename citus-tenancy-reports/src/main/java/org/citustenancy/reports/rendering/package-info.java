/**
 * Figures for people: tables for a terminal, and a page for a browser. Nothing here asks a server.
 */
@NullMarked
package org.citustenancy.reports.rendering;

import org.jspecify.annotations.NullMarked;
