package dev.lexstream.app.check;

import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.StreamSettings;
import dev.lexstream.stream.topic.TopicCreation;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether the cluster has permissions at all, and those of the consumer group and of transactions. A broker makes its own topic
 * of groups, or of transactions, when the first one is asked for; where it can be seen that there is none yet, nobody asks.
 *
 * @param admin of the cluster; not closed
 */
record AccessCheck(Pipeline pipeline, Admin admin) {

    void check(Findings findings) {
        boolean authorizer = authorizer(findings);
        Set<String> topics = TopicCreation.await(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names(), "listing the topics");
        String group = "group " + pipeline.applicationId();
        if (authorizer || topics.contains(Topic.GROUP_METADATA_TOPIC_NAME)) {
            group(group, authorizer, findings);
        } else {
            findings.passed(Part.BROKER, group + ": new, as are all groups here");
        }
        boolean transactions = new StreamSettings(pipeline).exactlyOnce();
        if (transactions && authorizer) {
            transactions(findings);
        }
    }

    /** Whether there is an authorizer, as far as one can know. */
    private boolean authorizer(Findings findings) {
        AclBindingFilter few = new AclBindingFilter(
                new ResourcePatternFilter(ResourceType.TOPIC, pipeline.topics().output(), PatternType.LITERAL),
                AccessControlEntryFilter.ANY);
        try {
            TopicCreation.await(admin.describeAcls(few).values(), "asking for permissions");
        } catch (SecurityDisabledException e) {
            findings.passed(Part.BROKER, "permissions: the broker has no authorizer, everything is allowed");
            return false;
        } catch (AuthorizationException e) {
            // there is one, and it has its reasons
        } catch (KafkaException e) {
            findings.warned(
                    Part.BROKER,
                    "permissions: whether there are any is not known",
                    Findings.lines(e).toArray(String[]::new));
            return true;
        }
        findings.passed(Part.BROKER, "permissions: the broker has an authorizer, each is looked at where it is needed");
        return true;
    }

    private void group(String what, boolean authorizer, Findings findings) {
        String id = pipeline.applicationId();
        try {
            Group group = new StreamSettings(pipeline).isStreamsProtocol() ? streamsGroup(id) : consumerGroup(id);
            String seen = what + ": " + group.state() + ", " + Words.counted(group.members(), "member");
            if (group.allowed() != null && !group.allowed().contains(AclOperation.READ)) {
                findings.add(denied(seen, "Read on group " + id));
            } else {
                findings.passed(Part.BROKER, seen);
            }
        } catch (GroupIdNotFoundException e) {
            String[] unknown = {"may be described; whether it may be read is known when it is there"};
            findings.passed(Part.BROKER, what + ": new", authorizer ? unknown : new String[0]);
        } catch (AuthorizationException e) {
            findings.add(denied(what, "Read on group " + id));
        }
    }

    private Group consumerGroup(String id) {
        ConsumerGroupDescription group = TopicCreation.await(
                admin.describeConsumerGroups(
                                List.of(id), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                        .describedGroups()
                        .get(id),
                "describing group " + id);
        return new Group(group.groupState().toString(), group.members().size(), group.authorizedOperations());
    }

    private Group streamsGroup(String id) {
        StreamsGroupDescription group = TopicCreation.await(
                admin.describeStreamsGroups(
                                List.of(id), new DescribeStreamsGroupsOptions().includeAuthorizedOperations(true))
                        .describedGroups()
                        .get(id),
                "describing group " + id);
        return new Group(group.groupState().toString(), group.members().size(), group.authorizedOperations());
    }

    /**
     * A group of either protocol.
     *
     * @param allowed what may be done with it; null when the broker does not say
     */
    private record Group(String state, int members, Set<AclOperation> allowed) {}

    /** Ids of transactions begin with that of the application; to write implies to describe. */
    private void transactions(Findings findings) {
        String id = pipeline.applicationId() + "-check";
        String what = "transactions of " + pipeline.applicationId();
        try {
            TopicCreation.await(
                    admin.describeTransactions(List.of(id)).description(id), "describing transactional id " + id);
            findings.passed(Part.BROKER, what + " may be described");
        } catch (TransactionalIdNotFoundException e) {
            findings.passed(Part.BROKER, what + " may be described");
        } catch (AuthorizationException e) {
            findings.add(denied(what, "Write on transactional ids that begin with " + pipeline.applicationId()));
        }
    }

    private static Finding denied(String what, String operation) {
        return new Finding.Failed(Part.BROKER, what, List.of(Operations.notAllowed(operation)), Reason.ACCESS_REFUSED);
    }
}
