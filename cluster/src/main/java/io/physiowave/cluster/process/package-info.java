/** Java processes that outlive the command that starts them: started, watched, ended. */
package io.physiowave.cluster.process;
