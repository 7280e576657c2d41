package io.physiowave.training.download;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a data set is published.
 *
 * @param kind how its files are listed; empty when it cannot be fetched without a person
 * @param address of the list's folder, of the record, or of the one file
 * @param wanted what must occur in the path of a file that preparations read
 * @param terms its licence, and what a person must do where it cannot be fetched; one sentence
 */
public record PublicDataset(Optional<Kind> kind, URI address, Pattern wanted, String terms) {

  /** How files are listed. */
  public enum Kind {
    /** A folder with {@code SHA256SUMS.txt}. */
    PHYSIONET,
    /** A record of the Zenodo API with MD5 sums. */
    ZENODO,
    /** One file without a published checksum. */
    ONE_FILE
  }

  /** MIT-BIH Arrhythmia Database. */
  public static final PublicDataset MITDB =
      physioNet("mitdb/1.0.0", "^\\d+\\.(hea|dat|atr)$", "ODC-By 1.0, 100 MB");

  /** Lobachevsky University Electrocardiography Database. */
  public static final PublicDataset LUDB =
      physioNet("ludb/1.0.1", "^(ludb\\.csv|data/\\d+\\.(hea|dat))$", "ODC-By 1.0, 30 MB");

  /** PTB-XL; of its two rates the files at 500 Hz. */
  public static final PublicDataset PTBXL =
      physioNet(
          "ptb-xl/1.0.3",
          "^((ptbxl_database|scp_statements)\\.csv|records500/.*\\.(hea|dat))$",
          "CC BY 4.0, 3 GB");

  /** MIMIC-IV-ECG; unlike MIMIC-IV itself it is open. */
  public static final PublicDataset MIMIC_IV_ECG =
      physioNet(
          "mimic-iv-ecg/1.0",
          "^(record_list\\.csv|files/.*\\.(hea|dat))$",
          "ODbL 1.0, open without credentials, 90 GB in 1.6 million files");

  /** Chapman-Shaoxing and Ningbo. */
  public static final PublicDataset CHAPMAN_SHAOXING =
      physioNet("ecg-arrhythmia/1.0.0", "^WFDBRecords/.*\\.(hea|mat)$", "CC BY 4.0, 5 GB");

  /** CPSC 2018 as part of the Challenge 2021. */
  public static final PublicDataset CPSC2018 =
      physioNet("challenge-2021/1.0.3", "^training/cpsc_2018/.*\\.(hea|mat)$", "CC BY 4.0, 1 GB");

  /** EMG data for gestures. */
  public static final PublicDataset UCI_EMG =
      new PublicDataset(
          Optional.of(Kind.ONE_FILE),
          URI.create("https://archive.ics.uci.edu/static/public/481/emg+data+for+gestures.zip"),
          Pattern.compile("\\.zip$"),
          "CC BY 4.0, 20 MB; the publisher gives no checksum");

  /** EMG-EPN-612. */
  public static final PublicDataset EPN612 = zenodo("4421500", "\\.zip$", "CC BY 4.0");

  /** Ninapro DB5. */
  public static final PublicDataset NINAPRO_DB5 = zenodo("1000116", "^s\\d+\\.zip$", "CC BY 4.0");

  /** Ninapro DB6, behind a registration. */
  public static final PublicDataset NINAPRO_DB6 =
      new PublicDataset(
          Optional.empty(),
          URI.create("https://ninapro.hevs.ch/"),
          Pattern.compile("\\.(zip|mat)$"),
          "free for research after registration: register there, fetch the zip files of DB6"
              + " (DB6_s1_a.zip and so on) into one directory and give that directory; they need"
              + " not be unpacked");

  /** Any WFDB records. */
  public static final PublicDataset ANY_WFDB =
      new PublicDataset(
          Optional.empty(),
          URI.create("https://physionet.org/about/database/"),
          Pattern.compile("\\.(hea|dat|mat)$"),
          "choose a data set of WFDB records there and give the directory of its records");

  private static PublicDataset physioNet(String path, String wanted, String terms) {
    return new PublicDataset(
        Optional.of(Kind.PHYSIONET),
        URI.create("https://physionet.org/files/" + path + "/"),
        Pattern.compile(wanted),
        terms);
  }

  private static PublicDataset zenodo(String record, String wanted, String terms) {
    return new PublicDataset(
        Optional.of(Kind.ZENODO),
        URI.create("https://zenodo.org/api/records/" + record),
        Pattern.compile(wanted),
        terms);
  }

  /** What to say to somebody who does not have the data set, in one sentence. */
  public String whereToGetIt() {
    return kind.isPresent()
        ? "--download fetches it from " + address + " (" + terms + ")"
        : "get it from " + address + " (" + terms + ")";
  }
}
