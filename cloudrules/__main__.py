from cloudrules.cli.main import run

run()
