/** Whether each project and each node answers, as Spring Boot's Actuator shows it. */
@NullMarked
package org.citustenancy.spring.internal.health;

import org.jspecify.annotations.NullMarked;
