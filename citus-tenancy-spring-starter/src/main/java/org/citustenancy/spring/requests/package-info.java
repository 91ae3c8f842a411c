/** The project of an HTTP request, as an application decides it. Needs servlets. */
@NullMarked
package org.citustenancy.spring.requests;

import org.jspecify.annotations.NullMarked;
