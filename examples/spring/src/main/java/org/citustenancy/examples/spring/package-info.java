/** A Spring Boot application with two projects: one for users, the other for their events. */
@NullMarked
package org.citustenancy.examples.spring;

import org.jspecify.annotations.NullMarked;
