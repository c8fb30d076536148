"""The accounts file: read whole, or refused with everything that is wrong in it."""

import json
from pathlib import Path

import pytest

from bot import pem
from bot.account_file import Table
from bot.accounts import AlipayApp, WeChatMiniProgram, WeChatService, read_accounts
from data.civic.errors import BadInput, Mistakes, NotFound
from tests.bot.channels.alipay_side import bare, certificate, key, private_pem, public_pem
from tests.bot.channels.given import AES_KEY, OTHER_KEY

SERVICE: Table = {
    "name": "county",
    "kind": "service",
    "app_id": "wx49f0ab532d5d035a",
    "original_id": "gh_5a1f0c9d2b7e",
    "secret": "s3cret-of-the-app",
    "token": "t0kenOfThePush",
    "aes_keys": [AES_KEY, OTHER_KEY],
}
MINI: Table = {"name": "mini", "kind": "miniprogram", "app_id": "wx2", "secret": "s3cret-of-mini"}
ALIPAY: Table = {
    "name": "county-alipay",
    "app_id": "2021000000000001",
    "app_private_key_file": "app.pem",
    "alipay_public_key_file": "alipay.pem",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "app.pem").write_text(private_pem("app"))
    (tmp_path / "alipay.pem").write_text(bare(public_pem("alipay")) + "\n")
    return tmp_path / "accounts.toml"


def written(file: Path, **tables: list[Table]) -> Path:
    text = [
        "\n".join([f"[[{name}]]", *(f"{k} = {json.dumps(v)}" for k, v in table.items())])
        for name, listed in tables.items()
        for table in listed
    ]
    file.write_text("\n".join(text))
    return file


def complaints(file: Path) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        read_accounts(file)
    assert all(one.where == str(file) for one in raised.value.mistakes)
    return [one.what for one in raised.value.mistakes]


def test_a_whole_file_is_read(file: Path) -> None:
    accounts = read_accounts(written(file, wechat=[SERVICE, MINI], alipay=[ALIPAY]))
    service, mini = accounts.wechat
    (alipay,) = accounts.alipay
    assert isinstance(service, WeChatService)
    assert isinstance(mini, WeChatMiniProgram)
    assert isinstance(alipay, AlipayApp)
    assert service.mode == "safe"
    assert service.api_base == "https://api.weixin.qq.com"
    assert service.secret.get_secret_value() == "s3cret-of-the-app"
    assert alipay.identity == "open_id"
    assert pem.public_key(alipay.alipay_public_key or "") == key("alipay").public_key()


def test_an_empty_file_has_no_accounts(file: Path) -> None:
    accounts = read_accounts(written(file))
    assert (accounts.wechat, accounts.alipay) == ((), ())


def test_only_a_service_account_is_pushed_to(file: Path) -> None:
    accounts = read_accounts(written(file, wechat=[SERVICE, MINI]))
    assert accounts.service("county").name == "county"
    for name in ("mini", "elsewhere"):
        with pytest.raises(NotFound):
            accounts.service(name)


def test_secrets_may_stand_in_files_of_their_own(file: Path) -> None:
    (file.parent / "secret").write_text("from-a-file\n")
    (file.parent / "keys").write_text(f"{OTHER_KEY}\n{AES_KEY}\n")
    table = {k: v for k, v in SERVICE.items() if k not in ("secret", "aes_keys")}
    table |= {"secret_file": "secret", "aes_keys_file": str(file.parent / "keys")}
    service = read_accounts(written(file, wechat=[table])).service("county")
    assert service.secret.get_secret_value() == "from-a-file"
    assert [one.get_secret_value() for one in service.aes_keys] == [OTHER_KEY, AES_KEY]


def test_no_secret_is_ever_shown(file: Path) -> None:
    accounts = read_accounts(written(file, wechat=[SERVICE, MINI], alipay=[ALIPAY]))
    shown = repr(accounts) + str(accounts) + accounts.model_dump_json()
    for secret in ("s3cret", "t0ken", AES_KEY, OTHER_KEY, "PRIVATE", bare(private_pem("app"))[:40]):
        assert secret not in shown


def test_all_mistakes_are_told_together_and_none_shows_a_secret(file: Path) -> None:
    written(
        file,
        wechat=[
            SERVICE | {"token": "t0ken with spaces", "aes_keys": ["s3cretkey"], "colour": "red"},
            MINI | {"name": "county", "secret_file": "nowhere"},
            {"name": "Third One", "kind": "service", "mode": "compatible"},
            {"name": "fourth", "kind": "enterprise"},
        ],
        alipay=[ALIPAY | {"gateway_url": "http://openapi.example.com", "identity": "phone"}],
        douyin=[{"name": "x"}],
    )
    told = complaints(file)
    beginnings = [
        "[[alipay]] county-alipay, gateway_url: must begin with https://",
        "[[alipay]] county-alipay, identity: Input should be 'open_id' or 'user_id'",
        "douyin: is not known here",
        "[[wechat]] county, aes_keys, 0: must be the EncodingAESKey",
        "[[wechat]] county, colour: is not known here",
        "[[wechat]] county, name: is given to two accounts",
        "[[wechat]] county, token: must be the Token",
        "[[wechat]] county, secret: stands beside secret_file",
        "[[wechat]] Third One, app_id: is missing",
        "[[wechat]] Third One, mode: is not supported yet",
        "[[wechat]] Third One, name: String should match",
        "[[wechat]] Third One, secret: is missing",
        '[[wechat]] fourth: kind must be "service" or "miniprogram"',
    ]
    for beginning in beginnings:
        assert any(one.startswith(beginning) for one in told), (beginning, told)
    assert "s3cret" not in str(told)
    assert "t0ken" not in str(told)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"aes_keys": []}, "aes_keys: is missing", id="safe without key"),
        pytest.param({"aes_keys": [AES_KEY] * 3}, "aes_keys: ", id="three keys"),
        pytest.param({"aes_keys": [AES_KEY[:-1]]}, "aes_keys, 0: ", id="short key"),
        pytest.param({"aes_keys": ["*" * 43]}, "aes_keys, 0: ", id="no base64"),
        pytest.param({"secret": " "}, "secret: is empty", id="empty secret"),
        pytest.param({"secret": 7}, "secret: ", id="number for a secret"),
        pytest.param({"original_id": "a/b"}, "original_id: ", id="odd id"),
        pytest.param({"api_base": "ftp://x"}, "api_base: must be an address", id="ftp"),
        pytest.param({"api_base": "http://192.168.1.4"}, "api_base: must begin", id="lan"),
        pytest.param({"api_base": "http://127.0.0.1.example.com"}, "api_base: ", id="looks local"),
        pytest.param({"api_base": "https://a:b@x"}, "api_base: must have no user", id="user"),
        pytest.param({"api_base": "https://x?a=1"}, "api_base: must have no", id="query"),
        pytest.param({"api_base": "http://[::1"}, "api_base: ", id="broken address"),
    ],
)
def test_a_wrong_value_is_named(file: Path, change: Table, complaint: str) -> None:
    told = complaints(written(file, wechat=[SERVICE | change]))
    assert len(told) == 1
    assert told[0].startswith(f"[[wechat]] county, {complaint}")


@pytest.mark.parametrize("base", ["http://127.0.0.1:9000/", "http://localhost:1", "http://[::1]:8"])
def test_plain_http_is_taken_on_loopback(file: Path, base: str) -> None:
    accounts = read_accounts(written(file, wechat=[SERVICE | {"api_base": base}]))
    assert accounts.service("county").api_base == base.rstrip("/")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"alipay_public_key_file": "gone.pem"}, "cannot be read", id="no file"),
        pytest.param({"alipay_public_key_file": "."}, "cannot be read", id="a folder"),
        pytest.param({"app_private_key_file": "alipay.pem"}, "no RSA private key", id="public"),
        pytest.param({"app_private_key_file": "text.pem"}, "no RSA private key", id="text"),
        pytest.param({"alipay_public_key_file": "own.pem"}, "own public key", id="own key"),
        pytest.param({"alipay_public_key_file": "ec.pem"}, "RSA public key", id="elliptic"),
        pytest.param({"app_cert_file": "app.crt"}, "stands beside alipay_public_key", id="both"),
        pytest.param({"aes_key": "c2hvcnQ="}, "16 bytes", id="short content key"),
    ],
)
def test_a_wrong_alipay_account_is_explained(file: Path, change: Table, complaint: str) -> None:
    folder = file.parent
    (folder / "own.pem").write_text(public_pem("app"))
    (folder / "text.pem").write_text("not a key")
    (folder / "app.crt").write_text(certificate("app"))
    (folder / "ec.pem").write_text(
        "-----BEGIN PUBLIC KEY-----\n"
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
        "-----END PUBLIC KEY-----\n"
    )
    told = complaints(written(file, alipay=[ALIPAY | change]))
    assert len(told) == 1
    assert complaint in told[0]


def test_certificates_take_the_place_of_the_key(file: Path) -> None:
    by_cert = {k: v for k, v in ALIPAY.items() if k != "alipay_public_key_file"}
    by_cert |= {"app_cert": certificate("app"), "alipay_cert": certificate("alipay")}
    (told,) = complaints(written(file, alipay=[by_cert]))
    assert "all of app_cert, alipay_cert and root_cert" in told
    by_cert |= {"root_cert": certificate("root")}
    (alipay,) = read_accounts(written(file, alipay=[by_cert])).alipay
    assert alipay.alipay_public_key is None
    (told,) = complaints(written(file, alipay=[by_cert | {"app_cert": certificate("alipay")}]))
    assert "does not belong to app_private_key" in told


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("[[wechat]", "is not TOML", id="broken"),
        pytest.param("[wechat]\nname = 'x'", "double brackets", id="single brackets"),
        pytest.param("wechat = 3", "must be a list", id="number"),
        pytest.param("wechat = [3]", "no. 1", id="list of numbers"),
    ],
)
def test_a_file_of_another_shape_is_explained(file: Path, text: str, complaint: str) -> None:
    file.write_text(text)
    assert any(complaint in one for one in complaints(file))


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    assert "BIANMIN_ACCOUNTS" in complaints(tmp_path / "none.toml")[0]
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    assert "UTF-8" in complaints(binary)[0]


def test_keys_of_every_form_are_read() -> None:
    one = key("app")
    assert pem.private_key(private_pem("app")).private_numbers() == one.private_numbers()
    assert pem.private_key(bare(private_pem("app"))).private_numbers() == one.private_numbers()
    assert pem.public_key(bare(public_pem("app"))) == one.public_key()
    for wrong in (
        "",
        "AAAA",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "护照",
    ):
        for read in (pem.private_key, pem.public_key, pem.certificate):
            with pytest.raises(BadInput):
                read(wrong)


GATEWAY: Table = {
    "name": "county-sms",
    "api_base": "https://sms.example.com/v1/",
    "key": "county",
    "secret": "a secret of more than thirty-two letters",
}


def test_gateways_are_found_by_their_names(file: Path) -> None:
    accounts = read_accounts(written(file, sms=[GATEWAY], voice=[GATEWAY | {"name": "calls"}]))
    sort, found = accounts.gateway("calls")
    assert (sort, found.api_base, found.for_drills) == (
        "voice",
        "https://sms.example.com/v1",
        False,
    )
    with pytest.raises(NotFound, match="workapp"):
        accounts.gateway("nowhere")


def test_what_is_wrong_with_a_gateway_is_told_without_its_secret(file: Path) -> None:
    short = {"secret": "short-and-known"}
    told = complaints(
        written(
            file,
            sms=[GATEWAY | short],
            voice=[GATEWAY | {"name": "calls", "api_base": "http://sms.example.com"}],
            workapp=[GATEWAY | {"name": "calls"}],
        )
    )
    shown = "\n".join(told)
    assert "short-and-known" not in shown
    for part in (
        "[[sms]] county-sms, secret: must have at least 32 characters",
        "[[voice]] calls, api_base: must begin with https://",
        "name: is given to two accounts",
    ):
        assert part in shown


def test_two_gateways_of_one_sort_are_refused(file: Path) -> None:
    (told,) = complaints(written(file, sms=[GATEWAY, GATEWAY | {"name": "second"}]))
    assert told.startswith("sms: has too many entries")


def test_a_template_for_warnings_is_checked_by_the_platforms_rules(file: Path) -> None:
    text = written(file, wechat=[MINI]).read_text()
    good = 'alert_template = {id="t", page="pages/a", fields={thing1="title"}}'
    file.write_text(f"{text}\n{good}\n")
    (mini,) = read_accounts(file).wechat
    assert mini.alert_template is not None
    assert mini.alert_template.fields == {"thing1": "title"}
    file.write_text(text + "\n" + good.replace("thing1", "headline1") + "\n")
    (told,) = complaints(file)
    assert "headline1 is no field of a template" in told
