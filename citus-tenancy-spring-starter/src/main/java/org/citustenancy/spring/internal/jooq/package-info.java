/** jOOQ on the data sources of projects. Needs jOOQ. */
@NullMarked
package org.citustenancy.spring.internal.jooq;

import org.jspecify.annotations.NullMarked;
