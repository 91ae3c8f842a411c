/**
 * Who may use a project, and what they may do there: secrets, access levels, and the users that were asked for.
 */
@NullMarked
package org.citustenancy.users;

import org.jspecify.annotations.NullMarked;
