/** What a project's users try in vain, on real nodes. */
package org.citustenancy.security;
