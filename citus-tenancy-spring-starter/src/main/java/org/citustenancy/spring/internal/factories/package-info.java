/** An {@code EntityManagerFactory} per project, for projects with entities of their own. Needs Spring Boot's JPA. */
@NullMarked
package org.citustenancy.spring.internal.factories;

import org.jspecify.annotations.NullMarked;
