/** Layouts of shared blocks: declared once, used by code, inspector, documentation and tests. */
package io.interlock.core.layout;
