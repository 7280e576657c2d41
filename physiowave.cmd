@echo off
rem PhysioWave Stream: builds what a subcommand needs when its sources are newer, then runs it.
setlocal EnableExtensions DisableDelayedExpansion
set "project=%~dp0"
if "%project:~-1%"=="\" set "project=%project:~0,-1%"
set "version="
for /f "tokens=3 delims=<>" %%v in ('findstr /r "<version>.*</version>" "%project%\pom.xml"') do if not defined version set "version=%%v"

if "%~1"=="" (
  call :usage 1>&2
  exit /b 2
)
set "command=%~1"
if "%command%"=="-h" goto :help
if "%command%"=="--help" goto :help
if "%command%"=="help" goto :help
if "%command%"=="-V" goto :print_version
if "%command%"=="--version" goto :print_version

set "module="
set "jvm=-Xmx1g"
set "first="
if "%command%"=="demo" set "module=quickstart" & set "main=io.physiowave.quickstart.command.DemoCommand" & set "jvm=-Xmx2g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dphysiowave.terminal=true"
if "%command%"=="job" set "module=streaming-job" & set "main=io.physiowave.streaming.command.JobCommand"
if "%command%"=="models" set "module=streaming-job" & set "main=io.physiowave.streaming.command.ModelsCommand"
if "%command%"=="calibrate" set "module=streaming-job" & set "main=io.physiowave.streaming.command.CalibrateCommand"
if "%command%"=="doctor" set "module=streaming-job" & set "main=io.physiowave.streaming.command.DoctorCommand"
if "%command%"=="replay" set "module=connectors" & set "main=io.physiowave.connectors.command.ReplayCommand"
if "%command%"=="simulate" set "module=connectors" & set "main=io.physiowave.connectors.command.SimulateCommand"
if "%command%"=="score" set "module=connectors" & set "main=io.physiowave.connectors.command.ScoreCommand"
if "%command%"=="cluster" set "module=cluster" & set "main=io.physiowave.cluster.command.ClusterCommand"
if "%command%"=="gateway" set "module=gateway" & set "main=io.physiowave.gateway.command.GatewayCommand"
if "%command%"=="dashboard" set "module=dashboard" & set "main=io.physiowave.dashboard.command.DashboardCommand"
set "measured="
if "%command%"=="bench" set "module=benchmarks" & set "main=io.physiowave.benchmarks.command.BenchCommand" & set "jvm=-Xmx3g"
rem What is measured decides whose command it is.
if "%command%"=="bench" for %%m in (train inference) do if "%~2"=="%%m" set "measured=bench"
for %%c in (prepare pretrain finetune evaluate export inspect golden %measured% import-checkpoint export-checkpoint) do if "%command%"=="%%c" set "module=training" & set "main=io.physiowave.training.command.TrainingCommand" & set "jvm=-Xmx4g -Dorg.bytedeco.javacpp.maxphysicalbytes=0" & set "first=%%c"
if not defined module goto :no_command
set "sources=core connectors"
if "%module%"=="streaming-job" set "sources=core connectors streaming-job"
if "%module%"=="training" set "sources=core connectors training"
if "%module%"=="gateway" set "sources=core connectors gateway"
if "%module%"=="dashboard" set "sources=core connectors dashboard"
if "%module%"=="quickstart" set "sources=core connectors streaming-job dashboard quickstart"
if "%module%"=="cluster" set "sources=core connectors streaming-job gateway dashboard quickstart cluster"
if "%module%"=="benchmarks" set "sources=core connectors streaming-job gateway dashboard quickstart cluster benchmarks"

set "java=java"
set "javac=javac"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME set "javac=%JAVA_HOME%\bin\javac.exe"
if defined JAVA_HOME if not exist "%java%" goto :no_java_home
set "release="
rem The inner interpreter takes off the first quote and the last one, which are escaped for this one.
for /f "tokens=3" %%r in ('^""%java%" -version 2^>^&1 ^| findstr /c:" version "^"') do if not defined release set "release=%%~r"
if not defined release goto :no_java
for /f "delims=.-+ tokens=1" %%r in ("%release%") do set "release=%%r"
if %release% LSS 17 goto :old_java

set "state=%project%\target\launcher"
set "built=%module%"
set "profiles="
rem Another profile is another class path, though of the same jars.
if defined PHYSIOWAVE_PROFILES set "built=%module%-%PHYSIOWAVE_PROFILES%" & set "profiles=-P%PHYSIOWAVE_PROFILES%"
set "arguments=%state%\%built%.args"
set "stamp=%state%\%built%.stamp"
call :up_to_date
if errorlevel 1 (
  call :build
  if errorlevel 1 exit /b 1
)

if %release% GEQ 24 set "jvm=%jvm% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rem ONNX Runtime reports home unless told not to; torch and BLAS threads spin against each other.
set "ORT_DISABLE_TELEMETRY=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
if "%module%"=="training" if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
rem A command per class, except under training, where the first argument chooses.
rem As they were typed: the numbered parameters would end at each comma, semicolon and equals sign.
set rest=%*
setlocal EnableDelayedExpansion
for /f "tokens=1*" %%a in ("!rest!") do endlocal & set "rest=%%b"
"%java%" %jvm% --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED -Djava.awt.headless=true "-Dphysiowave.home=%project%" -Dphysiowave.version=%version% %PHYSIOWAVE_JAVA_OPTS% "@%arguments%" %main% %first% %rest%
exit /b %errorlevel%

rem Words of the user's, which may hold anything, are expanded late: the interpreter then reads no meaning into them.
:no_command
setlocal EnableDelayedExpansion
echo physiowave: '!command!' is not a command 1>&2
call :usage 1>&2
exit /b 2

:no_java_home
setlocal EnableDelayedExpansion
echo physiowave: JAVA_HOME is '!JAVA_HOME!', which has no bin\java.exe; point it to a JDK 17 or later, or unset it 1>&2
exit /b 1

:no_java
echo physiowave: no java on the PATH and JAVA_HOME is not set; install a JDK 17 or later, for example from https://adoptium.net 1>&2
exit /b 1

:old_java
setlocal EnableDelayedExpansion
echo physiowave: !java! is Java !release!; PhysioWave Stream needs a JDK 17 or later (set JAVA_HOME) 1>&2
exit /b 1

:no_compiler
setlocal EnableDelayedExpansion
echo physiowave: !java! comes without javac; building needs a JDK 17 or later, not only a runtime (set JAVA_HOME) 1>&2
exit /b 1

:help
if /i "%command%"=="help" if not "%~2"=="" (
  call "%~f0" %2 --help
  exit /b
)
call :usage
exit /b 0

:print_version
echo physiowave %version%
exit /b 0

rem Exit code 0 when the arguments file is there and nothing it was made from is newer or gone.
:up_to_date
if not exist "%arguments%" exit /b 1
if not exist "%stamp%" exit /b 1
for %%s in (%sources%) do if not exist "%project%\%%s\target\physiowave-%%s-%version%.jar" exit /b 1
powershell -NoProfile -Command "$stamp = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc; $paths = @($env:project + '\pom.xml'); foreach ($s in $env:sources.Split(' ')) { $paths += ($env:project + '\' + $s + '\pom.xml'), ($env:project + '\' + $s + '\src\main') }; foreach ($p in $paths) { foreach ($i in @(Get-Item -LiteralPath $p) + @(Get-ChildItem -Recurse -LiteralPath $p)) { if ($i.LastWriteTimeUtc -gt $stamp) { exit 1 } } }; exit 0"
exit /b %errorlevel%

:build
if defined JAVA_HOME if not exist "%javac%" goto :no_compiler
if not defined JAVA_HOME where /q javac || goto :no_compiler
if not exist "%state%" mkdir "%state%" || exit /b 1
if exist "%stamp%" (echo Building %module% ... 1>&2) else (echo Building %module% ^(the first run downloads its libraries^) ... 1>&2)
rem Dated before the build, so that what is edited during it counts as newer.
type nul >"%stamp%.new"
set "log=%state%\%module%.log"
pushd "%project%"
call mvnw.cmd -B -q -ntp %profiles% -pl %module% -am -Dmaven.test.skip -Dspotless.check.skip -Djacoco.skip -Denforcer.skip package dependency:build-classpath "-Dmdep.outputFile=target/launcher/classpath" -DincludeScope=runtime <nul >"%log%" 2>&1
set "failed=%errorlevel%"
popd
if not "%failed%"=="0" goto :broken
rem Quoted for java's @file, where a backslash escapes, and in the code page that java reads it in: the class path
rem outgrows a command line.
powershell -NoProfile -Command "$jar = $env:project + '\' + $env:module + '\target\physiowave-' + $env:module + '-' + $env:version + '.jar'; $rest = (Get-Content -Raw -Encoding UTF8 -LiteralPath ($env:project + '\' + $env:module + '\target\launcher\classpath')).Trim(); $line = '-cp \"' + ($jar + ';' + $rest).Replace('\', '\\') + '\"'; [IO.File]::WriteAllText($env:arguments, $line, [Text.Encoding]::Default)"
if errorlevel 1 exit /b 1
move /y "%stamp%.new" "%stamp%" >nul
exit /b 0

:broken
type "%log%" 1>&2
setlocal EnableDelayedExpansion
echo physiowave: building !module! failed; the whole output is in !log! 1>&2
exit /b 1

:usage
echo Usage: physiowave COMMAND [OPTIONS]
echo.
echo Live
echo   demo               broker, Flink, gateways, both models and the web page in one process
echo   cluster            broker, Flink, page and gateways as separate processes: up, status, down
echo   job                run or submit the streaming job
echo   models             publish, activate, roll back and list models of a running job
echo   calibrate          tell a gesture model about one wearer
echo   replay             play a recording as frames, into Kafka or to a gateway
echo   simulate           play a simulated patient or arm as frames, into Kafka or to a gateway
echo   score              compare labels with reference annotations
echo   gateway            frames from devices by HTTP, WebSocket and MQTT into Kafka
echo   dashboard          the live web page over a Kafka cluster
echo   bench MEASUREMENT  measure job and gateway: stream, latency, gateway, chaos, soak, resubmit
echo   doctor             what this machine can do, and what to do about what it cannot
echo.
echo Models
echo   prepare            recordings to the HDF5 layout that training reads
echo   pretrain           masked pretraining
echo   finetune           fine-tuning
echo   evaluate           measure a checkpoint or an exported model
echo   export             checkpoint to ONNX with its card
echo   inspect            print a model's card
echo   import-checkpoint  read a published .pth file
echo   export-checkpoint  write a state dict that torch.load reads
echo   golden             compare the model with reference outputs
echo   bench train        measure training steps
echo   bench inference    measure exported graphs
echo.
echo   help [COMMAND]     this text, or a command's own
echo   --version          the version
echo.
echo 'physiowave COMMAND --help' lists a command's options. The first run of a command builds what it
echo needs and downloads its libraries; only the commands under Models fetch libtorch.
echo.
echo Environment
echo   JAVA_HOME             the JDK to use, 17 or later; otherwise java on the PATH
echo   PHYSIOWAVE_JAVA_OPTS  further options for the Java machine, split at spaces
echo   PHYSIOWAVE_PROFILES   Maven profiles to build with: gpu for NVIDIA devices (docs/gpu.md)
exit /b 0
