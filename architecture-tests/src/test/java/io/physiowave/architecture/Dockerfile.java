package io.physiowave.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instructions of a Dockerfile, and what is wrong with them.
 *
 * @param name for messages
 * @param instructions in order
 */
record Dockerfile(String name, List<Instruction> instructions) {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern MODULE = Pattern.compile(" -pl (\\S+)");

  /** One instruction, e.g. {@code COPY} and {@code . .}; continued lines are joined. */
  record Instruction(String keyword, String rest) {}

  static Dockerfile parse(String name, String text) {
    List<Instruction> instructions = new ArrayList<>();
    String joined = text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
    for (String line : joined.split("\\R")) {
      if (!line.isBlank()) {
        String[] parts = line.strip().split("\\s+", 2);
        instructions.add(new Instruction(parts[0], parts[1]));
      }
    }
    return new Dockerfile(name, List.copyOf(instructions));
  }

  /** Images that no stage of this file makes; build arguments stand for their defaults. */
  List<String> baseImages() {
    Map<String, String> defaults = new HashMap<>();
    Set<String> stages = new HashSet<>();
    List<String> images = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.keyword().equals("ARG")) {
        String[] parts = instruction.rest().split("=", 2);
        defaults.put("${" + parts[0] + "}", parts.length > 1 ? parts[1] : "");
      } else if (instruction.keyword().equals("FROM")) {
        String[] words = instruction.rest().split("\\s+");
        String image = defaults.getOrDefault(words[0], words[0]);
        if (!stages.contains(image)) {
          images.add(image);
        }
        if (words.length == 3) {
          stages.add(words[2]);
        }
      }
    }
    return images;
  }

  /** Names of the stages, in order. */
  List<String> stages() {
    return instructions.stream()
        .filter(instruction -> instruction.keyword().equals("FROM"))
        .map(instruction -> instruction.rest().split("\\s+"))
        .filter(words -> words.length == 3)
        .map(words -> words[2])
        .toList();
  }

  /** What a stage copies, and where to; whose it becomes is left out. */
  List<String> copies(String stage) {
    List<String> copies = new ArrayList<>();
    String current = "";
    for (Instruction instruction : instructions) {
      if (instruction.keyword().equals("FROM")) {
        String[] words = instruction.rest().split("\\s+");
        current = words[words.length - 1];
      } else if (instruction.keyword().equals("COPY") && current.equals(stage)) {
        copies.add(instruction.rest().replaceFirst("--chown=\\S+ ", ""));
      }
    }
    return copies;
  }

  /** Words of the instructions in JSON form: entry point and command. */
  List<String> startWords() {
    List<String> words = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.keyword().matches("ENTRYPOINT|CMD")) {
        Matcher matcher = QUOTED.matcher(instruction.rest());
        while (matcher.find()) {
          words.add(matcher.group(1));
        }
      }
    }
    return words;
  }

  /** All that is wrong; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(StartedClasses.problems(startWords()));
    baseImages().forEach(image -> Images.problem(image).ifPresent(problems::add));
    String user = "";
    for (Instruction instruction : instructions) {
      switch (instruction.keyword()) {
        case "COPY", "ADD" -> missingSources(instruction.rest(), problems);
        case "RUN" -> unknownModules(instruction.rest(), problems);
        case "FROM" -> user = "";
        case "USER" -> user = instruction.rest();
        case "ENTRYPOINT" -> requireUnprivileged(user, problems);
        default -> {}
      }
    }
    requireUnprivileged(user, problems);
    return problems.stream().map(problem -> name + ": " + problem).toList();
  }

  private static void requireUnprivileged(String user, List<String> problems) {
    if (!Images.isUnprivileged(user)) {
      problems.add("the last user is '" + user + "', which is root");
    }
  }

  private void missingSources(String rest, List<String> problems) {
    List<String> words = new ArrayList<>(List.of(rest.split("\\s+")));
    boolean fromStage = words.stream().anyMatch(word -> word.startsWith("--from="));
    words.removeIf(word -> word.startsWith("--"));
    for (String source : words.subList(0, words.size() - 1)) {
      if (!fromStage && !Repository.holds(source)) {
        problems.add("copies " + source + ", which the repository does not have");
      }
    }
    if (fromStage && instructions.stream().noneMatch(stage -> makes(stage, rest))) {
      problems.add("copies from a stage that it does not have: " + rest);
    }
  }

  private static boolean makes(Instruction stage, String copy) {
    String[] words = stage.rest().split("\\s+");
    return stage.keyword().equals("FROM")
        && words.length == 3
        && copy.startsWith("--from=" + words[2] + " ");
  }

  private static void unknownModules(String command, List<String> problems) {
    Matcher matcher = MODULE.matcher(command);
    while (matcher.find()) {
      if (!Repository.text("pom.xml").contains("<module>" + matcher.group(1) + "</module>")) {
        problems.add("builds " + matcher.group(1) + ", which is no module");
      }
    }
  }
}
