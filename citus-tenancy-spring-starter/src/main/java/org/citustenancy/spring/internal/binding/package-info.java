/**
 * What is wrong with the properties before there is an object of them: values of another type, and names that do not exist.
 */
@NullMarked
package org.citustenancy.spring.internal.binding;

import org.jspecify.annotations.NullMarked;
