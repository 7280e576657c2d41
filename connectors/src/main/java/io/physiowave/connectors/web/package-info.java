/** What this project's web servers share. */
package io.physiowave.connectors.web;
