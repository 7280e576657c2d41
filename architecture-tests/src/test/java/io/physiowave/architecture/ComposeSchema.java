package io.physiowave.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The Compose Specification's own schema. */
final class ComposeSchema {
  private static final Schema SCHEMA = read();

  private ComposeSchema() {}

  /** What the schema does not allow, each with where it stands; empty when all is well. */
  static List<String> problems(JsonNode file) {
    return SCHEMA.validate(file).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static Schema read() {
    try (InputStream schema =
        ComposeSchema.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      // Its name is no URI, which the specification asks of one; nothing refers to it.
      JsonNode tree = ((ObjectNode) new ObjectMapper().readTree(schema)).without("$id");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
