/**
 * Creates templates, which are projects that are filled once and sealed, and creates projects from them. The classes
 * that fill, seal, mark and copy a template belong here.
 */
@NullMarked
package org.citustenancy.internal.templates;

import org.jspecify.annotations.NullMarked;
