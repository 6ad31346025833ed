import ArgumentParser
import Foundation

/// The end of the program.
enum Exit {
    /// Says on standard error what went wrong and ends with the code that fits.
    static func end(with error: any Error) -> Never {
        if let failure = error as? Failure {
            if let message = failure.message { Console.complain(message) }
            exit(failure.status.rawValue)
        }
        let code = Spandrel.exitCode(for: error)
        if code == .success || error is ExitCode {
            // Help, the version, or a code that a command chose.
            Spandrel.exit(withError: error)
        }
        let message = Spandrel.message(for: error)
        if code == .validationFailure {
            Console.complain("\(onOneLine(message)) (see: spandrel help)")
            exit(ExitStatus.usage.rawValue)
        }
        Console.complain(message)
        exit(ExitStatus.inputOutput.rawValue)
    }

    /// A message whose list of choices stands on lines of its own, as one line.
    private static func onOneLine(_ message: String) -> String {
        message.replacing(":\n  - ", with: ": ").replacing("\n  - ", with: ", ").replacing("\n", with: " ")
    }
}
