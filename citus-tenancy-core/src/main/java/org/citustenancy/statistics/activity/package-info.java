/**
 * What sessions do at this moment on all nodes, for whom they wait, and what they have done most.
 */
@NullMarked
package org.citustenancy.statistics.activity;

import org.jspecify.annotations.NullMarked;
