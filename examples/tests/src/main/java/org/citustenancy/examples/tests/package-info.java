/** The tested code: the orders of a shop, in distributed tables. */
@NullMarked
package org.citustenancy.examples.tests;

import org.jspecify.annotations.NullMarked;
