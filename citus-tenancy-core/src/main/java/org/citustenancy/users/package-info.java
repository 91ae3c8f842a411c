/**
 * Who may use a project, and what they may do there: secrets, access levels, and the desired users.
 */
@NullMarked
package org.citustenancy.users;

import org.jspecify.annotations.NullMarked;
