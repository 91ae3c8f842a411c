/** The health of each project and each node for Spring Boot's Actuator. */
@NullMarked
package org.citustenancy.spring.internal.health;

import org.jspecify.annotations.NullMarked;
