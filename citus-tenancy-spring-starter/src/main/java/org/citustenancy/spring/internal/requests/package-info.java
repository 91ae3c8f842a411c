/** For which project a request over HTTP is. Needs servlets. */
@NullMarked
package org.citustenancy.spring.internal.requests;

import org.jspecify.annotations.NullMarked;
