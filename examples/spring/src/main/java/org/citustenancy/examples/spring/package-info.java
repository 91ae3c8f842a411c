/**
 * A Spring Boot application with two projects: users are in one, what they did in the other.
 */
@NullMarked
package org.citustenancy.examples.spring;

import org.jspecify.annotations.NullMarked;
