/**
 * Test databases in JUnit 5 and 6: an annotation on a class, and its tests have them as parameters or fields.
 */
@NullMarked
package org.citustenancy.test.junit;

import org.jspecify.annotations.NullMarked;
