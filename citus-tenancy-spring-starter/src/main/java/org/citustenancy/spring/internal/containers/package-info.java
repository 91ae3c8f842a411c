/** The cluster of a container that Testcontainers or Docker Compose started. Needs Spring Boot's support of either. */
@NullMarked
package org.citustenancy.spring.internal.containers;

import org.jspecify.annotations.NullMarked;
