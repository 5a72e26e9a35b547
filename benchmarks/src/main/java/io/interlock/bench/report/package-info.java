/** What is told of a run: a table for people to read, all figures for programs, a page with charts. */
package io.interlock.bench.report;
