/**
 * What the cluster says of the projects, read now and then and kept between: who wants a figure never waits for a node.
 */
@NullMarked
package org.citustenancy.spring.internal.figures;

import org.jspecify.annotations.NullMarked;
