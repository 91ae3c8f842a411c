/** Hibernate with one factory for all projects: a project is a tenant. Needs Hibernate. */
@NullMarked
package org.citustenancy.spring.internal.hibernate;

import org.jspecify.annotations.NullMarked;
