/** What the owner of a project has written runs with the owner's rights at most, whatever moves the rows. */
package org.citustenancy.rows;
