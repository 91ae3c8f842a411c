/**
 * What is in a project besides rows, as its nodes say it: for a manifest, and to compare with one.
 */
@NullMarked
package org.citustenancy.internal.backup.contents;

import org.jspecify.annotations.NullMarked;
