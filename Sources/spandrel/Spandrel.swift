@main
struct Spandrel { static func main() {} }
