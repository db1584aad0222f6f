# Sourced by the other scripts: says in a clear sentence what is missing.

major_of() { # "17.0.15" -> 17, "1.8.0" -> 8
  local version=${1#1.}
  echo "${version%%[!0-9]*}"
}

need_java() {
  if ! command -v java >/dev/null; then
    echo "没有找到 Java。请安装 JDK 17 或更高版本（Debian/Ubuntu：apt install openjdk-17-jdk-headless）。" >&2
    echo "Java is missing. Install JDK 17 or later (Debian/Ubuntu: apt install openjdk-17-jdk-headless)." >&2
    exit 1
  fi
  local version
  version=$(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
  if [ "$(major_of "${version:-0}")" -lt 17 ]; then
    echo "Java 版本是 ${version:-未知}，需要 17 或更高。Java is ${version:-unknown}; 17 or later is needed." >&2
    exit 1
  fi
}

need_maven() {
  if ! command -v mvn >/dev/null; then
    echo "没有找到 Maven。请安装 Maven 3.8 或更高版本（Debian/Ubuntu：apt install maven）。" >&2
    echo "Maven is missing. Install Maven 3.8 or later (Debian/Ubuntu: apt install maven)." >&2
    exit 1
  fi
  if ! command -v javac >/dev/null; then
    echo "只有 Java 运行环境，没有编译器。请安装 JDK（apt install openjdk-17-jdk-headless）。" >&2
    echo "There is a Java runtime but no compiler. Install a JDK (apt install openjdk-17-jdk-headless)." >&2
    exit 1
  fi
  local version major minor
  version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  if [ "${major:-0}" -lt 3 ] || { [ "${major:-0}" -eq 3 ] && [ "${minor:-0}" -lt 8 ]; }; then
    echo "Maven 版本是 ${version:-未知}，需要 3.8 或更高。Maven is ${version:-unknown}; 3.8 or later is needed." >&2
    exit 1
  fi
}
