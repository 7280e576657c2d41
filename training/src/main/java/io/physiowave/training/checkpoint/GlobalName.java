package io.physiowave.training.checkpoint;

/**
 * A class or function that a pickle names. It stays a name: nothing is ever looked up or called.
 *
 * @param module the Python module
 * @param name within the module
 */
record GlobalName(String module, String name) {
  boolean is(String wantedModule, String wantedName) {
    return module.equals(wantedModule) && name.equals(wantedName);
  }

  @Override
  public String toString() {
    return module + "." + name;
  }
}
