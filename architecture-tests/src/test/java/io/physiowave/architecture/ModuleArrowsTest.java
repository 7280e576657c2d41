package io.physiowave.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The arrows of docs/architecture.md, which point down only. */
@AnalyzeClasses(packages = "io.physiowave", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {

  @ArchTest
  static final ArchRule coreKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.core..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.physiowave..")
                  .and(not(resideInAPackage("io.physiowave.core.."))));

  @ArchTest
  static final ArchRule coreKnowsNeitherFlinkNorKafkaNorTorch =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..", "org.apache.kafka..", "org.bytedeco..", "ai.djl..");

  @ArchTest
  static final ArchRule connectorsKnowOnlyCore =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.connectors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.physiowave.training..",
              "io.physiowave.streaming..",
              "io.physiowave.gateway..",
              "io.physiowave.dashboard..",
              "io.physiowave.quickstart..",
              "org.apache.flink..",
              "org.bytedeco..",
              "ai.djl..");

  @ArchTest
  static final ArchRule trainingAndStreamingNeverSeeEachOther =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.physiowave.streaming..",
              "io.physiowave.dashboard..",
              "io.physiowave.quickstart..",
              "org.apache.flink..");

  @ArchTest
  static final ArchRule streamingKnowsNothingAboveOrBesideIt =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.streaming..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.physiowave.training..",
              "io.physiowave.dashboard..",
              "io.physiowave.quickstart..",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule dashboardKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.physiowave.training..",
              "io.physiowave.streaming..",
              "io.physiowave.quickstart..",
              "org.apache.flink..",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule theGatewayKnowsOnlyConnectorsAndCore =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.gateway..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.physiowave..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.physiowave.gateway..",
                              "io.physiowave.connectors..",
                              "io.physiowave.core.."))));

  @ArchTest
  static final ArchRule trainingAndJobKnowNoGateway =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.physiowave.training..", "io.physiowave.streaming..", "io.physiowave.dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.physiowave.gateway..");

  @ArchTest
  static final ArchRule packagesOfTheGatewayFormNoCycle =
      slices().matching("io.physiowave.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheBenchmarksKnowTheCluster =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.physiowave.cluster..", "io.physiowave.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.physiowave.cluster..");

  @ArchTest
  static final ArchRule theClusterKnowsNoTraining =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.physiowave.training..", "org.bytedeco..", "ai.djl..");

  @ArchTest
  static final ArchRule packagesOfTheClusterFormNoCycle =
      slices().matching("io.physiowave.cluster.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingKnowsTheBenchmarks =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.physiowave.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.physiowave.benchmarks..");

  @ArchTest
  static final ArchRule benchmarksKnowNoTraining =
      noClasses()
          .that()
          .resideInAPackage("io.physiowave.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.physiowave.training..");

  @ArchTest
  static final ArchRule libtorchStaysInTraining =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.physiowave.training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule packagesOfCoreFormNoCycle =
      slices().matching("io.physiowave.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfConnectorsFormNoCycle =
      slices().matching("io.physiowave.connectors.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTrainingFormNoCycle =
      slices().matching("io.physiowave.training.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheJobFormNoCycle =
      slices().matching("io.physiowave.streaming.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheBenchmarksFormNoCycle =
      slices().matching("io.physiowave.benchmarks.(*)..").should().beFreeOfCycles();

  /** Else the environment goes while others compute, when the process is told to end. */
  @ArchTest
  static final ArchRule whoeverSetsUpOnnxRuntimeKeepsItsEnvironment =
      classes()
          .that(setUpOnnxRuntime())
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.physiowave.connectors.onnx.OnnxEnvironment")
          .orShould()
          .haveFullyQualifiedName("io.physiowave.connectors.onnx.OnnxEnvironment");

  private static DescribedPredicate<JavaClass> setUpOnnxRuntime() {
    Set<String> doors =
        Set.of("ai.onnxruntime.OrtEnvironment.getEnvironment", "ai.djl.engine.Engine.getEngine");
    return DescribedPredicate.describe(
        "set up ONNX Runtime",
        type ->
            type.getMethodCallsFromSelf().stream()
                .map(call -> call.getTargetOwner().getName() + "." + call.getName())
                .anyMatch(doors::contains));
  }

  @ArchTest
  static final ArchRule librariesDoNotPrint =
      noClasses()
          .that()
          .resideOutsideOfPackage("..command..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
