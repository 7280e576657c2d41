package io.physiowave.streaming.command;

import io.physiowave.streaming.options.SettingHelp;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives the command one flag for each of the job's settings. */
public final class SettingOptions implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    for (SettingHelp setting : SettingHelp.all()) {
      OptionSpec.Builder option =
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel(setting.placeholder())
              .description(
                  setting.description().stream()
                      .map(line -> line.replace("%", "%%"))
                      .toArray(String[]::new));
      if (setting.isSwitch()) {
        option.arity("0..1").fallbackValue("true");
      }
      command.addOption(option.build());
    }
    return command;
  }
}
