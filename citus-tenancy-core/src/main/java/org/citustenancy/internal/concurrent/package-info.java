/** Work on several threads: everything that core does at the same time runs through here. */
@NullMarked
package org.citustenancy.internal.concurrent;

import org.jspecify.annotations.NullMarked;
