/** AssertJ assertions on projects, for test suites that use AssertJ. Nothing else in this module depends on it. */
@NullMarked
package org.citustenancy.test.assertj;

import org.jspecify.annotations.NullMarked;
