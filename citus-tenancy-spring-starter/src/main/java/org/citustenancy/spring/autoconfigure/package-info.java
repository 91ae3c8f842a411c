/**
 * What Spring Boot finds: one configuration a concern, each with the conditions under which it applies.
 */
@NullMarked
package org.citustenancy.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
