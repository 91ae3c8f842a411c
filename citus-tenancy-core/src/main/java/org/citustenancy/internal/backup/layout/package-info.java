/**
 * The statements that give a project's tables, schemas and functions the places that a manifest says.
 */
@NullMarked
package org.citustenancy.internal.backup.layout;

import org.jspecify.annotations.NullMarked;
