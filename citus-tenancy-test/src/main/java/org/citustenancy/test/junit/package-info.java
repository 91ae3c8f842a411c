/** Test databases in JUnit 5 and 6: an annotated class receives them as parameters or fields of its tests. */
@NullMarked
package org.citustenancy.test.junit;

import org.jspecify.annotations.NullMarked;
