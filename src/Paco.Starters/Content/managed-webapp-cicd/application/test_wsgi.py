import unittest

from wsgi import application


class TheFrontPage(unittest.TestCase):
    def ask(self, path):
        answer = {}
        body = b"".join(application({"PATH_INFO": path}, lambda status, headers: answer.update(status=status)))
        return answer["status"], body.decode()

    def test_says_that_it_works(self):
        status, body = self.ask("/")
        self.assertEqual("200 OK", status)
        self.assertIn("It works", body)

    def test_is_the_only_one(self):
        self.assertEqual("404 Not Found", self.ask("/nothing")[0])


if __name__ == "__main__":
    unittest.main()
