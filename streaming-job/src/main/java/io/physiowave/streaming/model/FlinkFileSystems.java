package io.physiowave.streaming.model;

import java.util.Map;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Flink's file systems in a command of ours: object stores are plugins, which Flink's own processes
 * load when they start, and no other process does.
 */
public final class FlinkFileSystems {
  private FlinkFileSystems() {}

  /**
   * Loads the plugins of {@code FLINK_PLUGINS_DIR} with the settings of {@code FLINK_CONF_DIR}, if
   * either variable is set. Only for processes that Flink did not start.
   *
   * @param environment variables by name
   */
  public static void loadPlugins(Map<String, String> environment) {
    String settings = environment.get(ConfigConstants.ENV_FLINK_CONF_DIR);
    if (settings == null && !environment.containsKey(ConfigConstants.ENV_FLINK_PLUGINS_DIR)) {
      return;
    }
    Configuration configuration =
        settings == null ? new Configuration() : GlobalConfiguration.loadConfiguration(settings);
    FileSystem.initialize(
        configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
  }
}
