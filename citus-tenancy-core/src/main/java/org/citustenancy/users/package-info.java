/** The users of a project and their privileges: secrets, access levels, and the desired users. */
@NullMarked
package org.citustenancy.users;

import org.jspecify.annotations.NullMarked;
