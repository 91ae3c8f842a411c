/** Whether what was declared fits what the servers allow. */
@NullMarked
package org.citustenancy.hikari.internal.capacity;

import org.jspecify.annotations.NullMarked;
