/**
 * Support of Spring Boot's tests: the context of a class that is annotated with {@link
 * org.citustenancy.test.junit.CitusDatabase} uses the class's database. Needs Spring's test framework and Spring Boot's
 * JDBC support.
 */
@NullMarked
package org.citustenancy.test.internal.spring;

import org.jspecify.annotations.NullMarked;
