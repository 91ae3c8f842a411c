/** The project of an HTTP request. Needs servlets. */
@NullMarked
package org.citustenancy.spring.internal.requests;

import org.jspecify.annotations.NullMarked;
