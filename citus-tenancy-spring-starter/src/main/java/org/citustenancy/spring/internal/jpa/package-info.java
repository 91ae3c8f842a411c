/** Transactions of projects with an {@code EntityManagerFactory}. Needs JPA. */
@NullMarked
package org.citustenancy.spring.internal.jpa;

import org.jspecify.annotations.NullMarked;
