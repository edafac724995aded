import type { HeaderPair } from "../../contract/headers.ts";
import type { Fresh } from "../fresh.ts";
import { asJson, type Sample } from "../sample.ts";

/** docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers; both signatures, as GitHub sends them. */
const githubHead = (fresh: Fresh, event: string): HeaderPair[] => [
  ["User-Agent", `GitHub-Hookshot/${fresh.hex(7)}`],
  ["Accept", "*/*"],
  ["Content-Type", "application/json"],
  ["X-GitHub-Delivery", fresh.uuid()],
  ["X-GitHub-Event", event],
  ["X-GitHub-Hook-ID", fresh.digits(9)],
  ["X-GitHub-Hook-Installation-Target-ID", fresh.digits(9)],
  ["X-GitHub-Hook-Installation-Target-Type", "repository"],
  ["X-Hub-Signature", "sha1="],
  ["X-Hub-Signature-256", "sha256="],
];

const githubUser = { login: "ada", id: 583231, type: "User", site_admin: false };

const githubRepository = (fresh: Fresh) => ({
  id: Number(fresh.digits(9)),
  name: "orders",
  full_name: "acme/orders",
  private: true,
  owner: { login: "acme", id: 9919, type: "Organization" },
  html_url: "https://github.com/acme/orders",
  default_branch: "main",
});

const github: Sample[] = [
  {
    provider: "github",
    event: "push",
    about: "A commit was pushed",
    make: (fresh) => {
      const [before, after] = [fresh.hex(40), fresh.hex(40)];
      const commit = {
        id: after,
        tree_id: fresh.hex(40),
        distinct: true,
        message: "Retry the charge once",
        timestamp: fresh.isoSeconds(-8_000),
        url: `https://github.com/acme/orders/commit/${after}`,
        author: { name: "Ada Lovelace", email: "ada@example.com", username: "ada" },
        added: [],
        removed: [],
        modified: ["src/charge.ts"],
      };
      return asJson(githubHead(fresh, "push"), {
        ref: "refs/heads/main",
        before,
        after,
        repository: githubRepository(fresh),
        pusher: { name: "ada", email: "ada@example.com" },
        sender: githubUser,
        created: false,
        deleted: false,
        forced: false,
        compare: `https://github.com/acme/orders/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
        commits: [commit],
        head_commit: commit,
      });
    },
  },
  {
    provider: "github",
    event: "pull_request",
    about: "A pull request was opened",
    make: (fresh) => {
      const number = fresh.number(10, 900);
      return asJson(githubHead(fresh, "pull_request"), {
        action: "opened",
        number,
        pull_request: {
          id: Number(fresh.digits(10)),
          number,
          html_url: `https://github.com/acme/orders/pull/${number}`,
          state: "open",
          title: "Retry the charge once",
          body: "Cards are declined for a moment sometimes.",
          user: githubUser,
          draft: false,
          created_at: fresh.isoSeconds(-2_000),
          updated_at: fresh.isoSeconds(-2_000),
          head: { ref: "retry-charge", sha: fresh.hex(40) },
          base: { ref: "main", sha: fresh.hex(40) },
          additions: 24,
          deletions: 3,
          changed_files: 2,
        },
        repository: githubRepository(fresh),
        sender: githubUser,
      });
    },
  },
  {
    provider: "github",
    event: "issues",
    about: "An issue was opened",
    make: (fresh) => {
      const number = fresh.number(10, 900);
      return asJson(githubHead(fresh, "issues"), {
        action: "opened",
        issue: {
          id: Number(fresh.digits(10)),
          number,
          title: "The refund mail is sent twice",
          body: "Since the last release.",
          state: "open",
          labels: [{ id: 208045946, name: "bug", color: "f29513" }],
          user: githubUser,
          created_at: fresh.isoSeconds(-2_000),
          html_url: `https://github.com/acme/orders/issues/${number}`,
        },
        repository: githubRepository(fresh),
        sender: githubUser,
      });
    },
  },
];

/** docs.gitlab.com/user/project/integrations/webhook_events */
const gitlabHead = (fresh: Fresh, event: string): HeaderPair[] => [
  ["Content-Type", "application/json"],
  ["User-Agent", "GitLab/18.5.1"],
  ["Idempotency-Key", fresh.uuid()],
  ["X-Gitlab-Event", event],
  ["X-Gitlab-Webhook-UUID", fresh.uuid()],
  ["X-Gitlab-Instance", "https://gitlab.example.com"],
  ["X-Gitlab-Event-UUID", fresh.uuid()],
];

const gitlabProject = {
  id: 15,
  name: "Orders",
  web_url: "https://gitlab.example.com/acme/orders",
  namespace: "Acme",
  path_with_namespace: "acme/orders",
  default_branch: "main",
};

const gitlab: Sample[] = [
  {
    provider: "gitlab",
    event: "Push Hook",
    about: "A commit was pushed",
    make: (fresh) => {
      const after = fresh.hex(40);
      return asJson(gitlabHead(fresh, "Push Hook"), {
        object_kind: "push",
        event_name: "push",
        before: fresh.hex(40),
        after,
        ref: "refs/heads/main",
        checkout_sha: after,
        user_id: 4,
        user_name: "Ada Lovelace",
        user_username: "ada",
        project_id: 15,
        project: gitlabProject,
        commits: [
          {
            id: after,
            message: "Retry the charge once\n",
            title: "Retry the charge once",
            timestamp: fresh.isoSeconds(-8_000),
            url: `https://gitlab.example.com/acme/orders/-/commit/${after}`,
            author: { name: "Ada Lovelace", email: "ada@example.com" },
            added: [],
            modified: ["src/charge.ts"],
            removed: [],
          },
        ],
        total_commits_count: 1,
      });
    },
  },
  {
    provider: "gitlab",
    event: "Merge Request Hook",
    about: "A merge request was opened",
    make: (fresh) => {
      const iid = fresh.number(10, 900);
      return asJson(gitlabHead(fresh, "Merge Request Hook"), {
        object_kind: "merge_request",
        event_type: "merge_request",
        user: { id: 4, name: "Ada Lovelace", username: "ada" },
        project: gitlabProject,
        object_attributes: {
          id: Number(fresh.digits(6)),
          iid,
          action: "open",
          state: "opened",
          title: "Retry the charge once",
          source_branch: "retry-charge",
          target_branch: "main",
          created_at: fresh.iso(-2_000),
          url: `https://gitlab.example.com/acme/orders/-/merge_requests/${iid}`,
          last_commit: { id: fresh.hex(40), message: "Retry the charge once" },
        },
        labels: [],
      });
    },
  },
];

export const code: readonly Sample[] = [...github, ...gitlab];
